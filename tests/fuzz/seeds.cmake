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
  file(WRITE ${folder}/seed_lock
       [[0{"ErrNo":"0","onoff_line":1,"power":88,"lqi":120,"password":"135790","invalid_time":1760003600}]])
  file(WRITE ${folder}/seed_log
       [[0{"ErrNo":0,"lock_events":[{"time":1760000000123,"eventid":1,"source":2,"sourceid":1001,"source_name":"n"}]}]])
  file(WRITE ${folder}/seed_operations
       [[0{"ErrNo":0,"op_list":[{"op_id":"20002","operator":{"id":"7","name":"n"},"holder":{"id":"h1","type":"home"},"target":{"id":"r1","name":"301","type":"room"},"recipient":{"id":"8"},"timestamp":1760000000123}]}]])
  file(WRITE ${folder}/seed_devices
       [[0{"ErrNo":0,"result":{"home-1":[{"type":"room_lock","uuid":"u1","room_id":"r1","name":"301"}]}}]])
endfunction()

function(lockhub_write_gateway_seeds folder fixtures)
  file(READ ${fixtures} cases)
  string(JSON count LENGTH "${cases}")
  math(EXPR last "${count} - 1")
  foreach(index RANGE ${last})
    string(JSON seed GET "${cases}" ${index} expected response)
    file(WRITE ${folder}/seed_${index} "0${seed}")  # '0' picks HTTP 200
  endforeach()
  file(WRITE ${folder}/seed_card
       [[0{"code":1,"msg":"","data":{"card_id":"03F56240","rm_id":"775032240849920","valid":"2023-02-04 10:00:00","unvalid":"2023-02-05 12:00:00",},}]])
  file(WRITE ${folder}/seed_refusal [[0{"code":"0","msg":"门锁离线","data":[],}]])
  file(WRITE ${folder}/seed_page "0<html>502 Bad Gateway</html>")
endfunction()

function(lockhub_write_yeeuu_seeds folder fixtures)
  file(READ ${fixtures} cases)
  string(JSON count LENGTH "${cases}")
  math(EXPR last "${count} - 1")
  foreach(index RANGE ${last})
    string(JSON seed ERROR_VARIABLE missing GET "${cases}" ${index} expected response)
    if(NOT missing)
      file(WRITE ${folder}/seed_${index} "0${seed}")  # '0' picks HTTP 200
    endif()
  endforeach()
  file(WRITE ${folder}/seed_printed "0{“success”:false,“desc”:“token错误”}")
  file(WRITE ${folder}/seed_page "0<html>502 Bad Gateway</html>")
endfunction()

# A call a method, each with an answer that is done, one that is refused and one that is none.
function(lockhub_write_method_seeds folder calls)
  file(STRINGS ${calls} lines ENCODING UTF-8)
  set(answer_of_dingding [[0{"ErrNo":0,"ErrMsg":"success","serviceid":700000100}]])
  set(answer_of_gateway [[0{"code":1,"msg":"","data":{"ce":89,"d2":1760000000980,},}]])
  set(answer_of_yeeuu [[0{"success":true,"desc":"操作成功","count":"2"}]])
  set(refusal_of_dingding [[0{"ErrNo":15012,"ErrMsg":"房间信息不存在"}]])
  set(refusal_of_gateway [[0{"code":0,"msg":"网关离线","data":null}]])
  set(refusal_of_yeeuu [[0{"success":false,"desc":"token错误"}]])
  set(index 0)
  foreach(line IN LISTS lines)
    string(REGEX MATCH "^[a-z]+" vendor "${line}")
    file(WRITE ${folder}/seed_${index}_done "${line}\n${answer_of_${vendor}}")
    file(WRITE ${folder}/seed_${index}_refused "${line}\n${refusal_of_${vendor}}")
    file(WRITE ${folder}/seed_${index}_page "${line}\n7<html>502 Bad Gateway</html>")
    math(EXPR index "${index} + 1")
  endforeach()
endfunction()

# lockhub's own methods, which the fixtures do not have.
function(lockhub_write_own_method_seeds folder)
  set(head "version=1.1.0&pmsId=demopms&hotelNo=H10086&roomId=rm301&operatorGuid=op-77&operatorName=a&hmac=00")
  file(WRITE ${folder}/seed_face "${head}&guestId=g&face=%2F9j%2F4AAQSkZJRgA%3D&endTime=2036-01-02%2012:00:00")
  file(WRITE ${folder}/seed_fingerprint "${head}&guestId=g&fingerprint=4f-4e-01&endTime=2036-01-02%2012:00:00")
  file(WRITE ${folder}/seed_access "${head}&mobile=%2B8613000000001&guestName=b&endTime=2036-01-02%2012:00:00")
endfunction()
