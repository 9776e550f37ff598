#!/usr/bin/env bash
# Talks REST by curl: JSON, compression both ways, binary bodies from files, HTTP/2 with prior knowledge.
set -euo pipefail
base="http://$1"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

check() { # NAME EXPECTED ACTUAL
  [ "$2" = "$3" ] || { echo "$1: '$3' instead of '$2'" >&2; exit 1; }
  echo "ok $1"
}
ask() { curl --silent --show-error --max-time 30 "$@"; }
json='Content-Type: application/json'

check live '{"live":true}' "$(ask "$base/v2/health/live")"
check ready 200 "$(ask --output /dev/null --write-out '%{http_code}' "$base/v2/health/ready")"
check 'unknown model' 404 "$(ask --output /dev/null --write-out '%{http_code}' "$base/v2/models/no_such_model")"

row='{"id":"c1","inputs":[{"name":"INPUT0","shape":[1,3],"datatype":"INT32","data":[1,2,3]}]}'
data() { grep -o '"data":\[[^]]*\]'; }
check infer '"data":[1,2,3]' "$(ask --header "$json" --data "$row" "$base/v2/models/identity_int32/infer" | data)"
check 'infer, no content type' '"data":[1,2,3]' "$(ask --header 'Content-Type:' --data "$row" "$base/v2/models/identity_int32/infer" | data)"
check 'infer, as curl says it is' '"data":[1,2,3]' "$(ask --data "$row" "$base/v2/models/identity_int32/infer" | data)"
check 'infer, from a page of another site' 403 "$(ask --header 'Origin: https://stranger.example' --data "$row" --output /dev/null --write-out '%{http_code}' "$base/v2/models/identity_int32/infer")"
check 'infer, HTTP/2' '"data":[1,2,3]' "$(ask --http2-prior-knowledge --header "$json" --data "$row" "$base/v2/models/identity_int32/infer" | data)"
check 'HTTP/2' 2 "$(ask --http2-prior-knowledge --output /dev/null --write-out '%{http_version}' "$base/v2/health/live")"
check 'infer, keep-alive' "200 200 200 " "$(ask --header "$json" --data "$row" --output /dev/null --output /dev/null --output /dev/null --write-out '%{http_code} ' "$base/v2/models/identity_int32/infer" "$base/v2/models/identity_int32/infer" "$base/v2/models/identity_int32/infer")"

zeros=$(printf '0,%.0s' $(seq 4095))0
printf '{"inputs":[{"name":"INPUT0","shape":[1,4096],"datatype":"INT32","data":[%s]}]}' "$zeros" >large.json
gzip --keep large.json
check 'infer, compressed' "\"data\":[$zeros]" "$(ask --compressed --header 'Content-Encoding: gzip' --header "$json" --data-binary @large.json.gz "$base/v2/models/identity_int32/infer" | data)"
check 'answer is gzip' gzip "$(ask --header 'Accept-Encoding: gzip' --dump-header - --output /dev/null --header "$json" --data-binary @large.json "$base/v2/models/identity_int32/infer" | tr -d '\r' | sed -n 's/^[Cc]ontent-[Ee]ncoding: //p')"

head='{"parameters":{"binary_data_output":true},"inputs":[{"name":"INPUT0","shape":[1,2],"datatype":"INT32","parameters":{"binary_data_size":8}}]}'
printf '%s\x01\x00\x00\x00\xff\xff\xff\xff' "$head" >binary
ask --header "Inference-Header-Content-Length: ${#head}" --header 'Content-Type: application/octet-stream' --data-binary @binary --output answer --dump-header headers "$base/v2/models/identity_int32/infer"
check 'infer, binary' '01 00 00 00 ff ff ff ff' "$(tail -c 8 answer | od -An -tx1 | sed 's/^ //')"
length=$(tr -d '\r' <headers | sed -n 's/^[Ii]nference-[Hh]eader-[Cc]ontent-[Ll]ength: //p')
check 'binary answer' $((length + 8)) "$(stat -c %s answer)"

printf '\x00\x00\x80\x3f\x00\x00\x00\x40' >raw
check 'infer, raw' '00 00 80 3f 00 00 00 40' "$(ask --header 'Inference-Header-Content-Length: 0' --header 'Content-Type: application/octet-stream' --data-binary @raw "$base/v2/models/vector/infer" | tail -c 8 | od -An -tx1 | sed 's/^ //')"
head -c 2000000 /dev/zero | tr '\0' ' ' >blank
{ cat blank; printf '%s' "$row"; } >padded
check 'infer, Expect: 100-continue' '"data":[1,2,3]' "$(ask --header 'Expect: 100-continue' --header "$json" --data-binary @padded "$base/v2/models/identity_int32/infer" | data)"
