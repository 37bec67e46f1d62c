# Writes the seed corpora: what the fixtures hold as wire text, a file a case.

function(lockhub_write_seeds folder fixtures member)
  file(READ ${fixtures} cases)
  string(JSON count LENGTH "${cases}")
  math(EXPR last "${count} - 1")
  foreach(index RANGE ${last})
    string(JSON seed ERROR_VARIABLE missing GET "${cases}" ${index} ${member})
    if(NOT missing)
      file(WRITE ${folder}/seed_${index} "${seed}")
    endif()
  endforeach()
endfunction()

function(lockhub_write_reply_seeds folder fixtures)
  file(READ ${fixtures} cases)
  string(JSON count LENGTH "${cases}")
  math(EXPR last "${count} - 1")
  foreach(index RANGE ${last})
    string(JSON seed ERROR_VARIABLE missing GET "${cases}" ${index} expected response)
    if(NOT missing)
      file(WRITE ${folder}/seed_${index} "0${seed}")  # '0' picks HTTP 200
    endif()
  endforeach()
  file(WRITE ${folder}/seed_passwords
       [[0{"ErrNo":0,"passwords":{"1015":{"id":1015,"time":1760000000123,"is_default":0,"operation":1,"operation_stage":1,"name":"mark","permission":{"begin":1760000000,"end":1760600000,"status":2}}}}]])
  file(WRITE ${folder}/seed_lock [[0{"ErrNo":"0","onoff_line":1,"power":88,"password":"135790","invalid_time":1760003600}]])
endfunction()
