# Writes LIST, a file for ctest, with each test case of PROGRAM by its name; those of the suite `long` bear this label.
# (Debian's doctest_discover_tests parts names at their semicolons.)
set(lines "")
foreach(label "" long)
  set(suite --test-suite=long)
  if(NOT label)
    set(suite --test-suite-exclude=long)
  endif()
  execute_process(COMMAND ${PROGRAM} --list-test-cases ${suite} OUTPUT_VARIABLE names COMMAND_ERROR_IS_FATAL ANY)
  # No CMake list at any time: names hold semicolons and brackets.
  string(REGEX REPLACE "\\[doctest\\][^\n]*\n|===+\n" "" names "${names}")
  string(REGEX REPLACE "([^\n]+)\n" "test_case([==[\\1]==] \"${label}\")\n" names "${names}")
  string(APPEND lines "${names}")
endforeach()

# Under sanitizers a property is tried on a fifth of the graphs: each takes five times as long.
set(environment "")
if(SANITIZE)
  set(environment "ENVIRONMENT \"RC_PARAMS=seed=20250101 max_success=1000\"")
endif()
file(WRITE ${LIST} "function(test_case name label)
  string(REPLACE \",\" \"?\" filter \"\${name}\")  # a comma would begin another filter
  add_test(\"\${name}\" [==[${PROGRAM}]==] \"--test-case=\${filter}\")
  # A filter that finds nothing is no success.
  set_tests_properties(\"\${name}\" PROPERTIES LABELS \"\${label}\" FAIL_REGULAR_EXPRESSION \"test cases: +0 \" ${environment})
endfunction()
${lines}")
