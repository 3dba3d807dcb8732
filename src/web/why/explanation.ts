// What a drawer says about one number.

import type { RelationPlace } from "../data/contract";
import type { Child } from "../ui/dom";

export interface Input {
  name: Child;
  value: string;
  /** key of the input's own explanation */
  why?: string;
}

export interface Explanation {
  title: Child;
  value: string;
  /** what the number means, in a sentence or two */
  says: Child;
  formula: string[];
  inputs: Input[];
  /** the relations that it rests on, with their sources */
  rows: RelationPlace[];
  notes: string[];
  /** the command that prints it */
  command: string;
}

export const explanation = (
  given: Partial<Explanation> & Pick<Explanation, "title" | "value" | "says">,
): Explanation => ({
  formula: [],
  inputs: [],
  rows: [],
  notes: [],
  command: "",
  ...given,
});
