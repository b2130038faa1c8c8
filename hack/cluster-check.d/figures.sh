# What is measured against a real API server; read by hack/cluster-check.

rows=()
# row WHAT MEASURED [TARGET]: a line of the table.
row() {
    rows+=("$1|$2|${3:-}")
    echo "   $1: $2${3:+ ($3)}"
}
# writes GROUP: how many writes of a group's kinds the API server has taken.
writes() {
    kubectl get --raw /metrics | awk -v group="group=\"$1\"" '/^apiserver_request_total/ && index($0, group) &&
        /verb="(POST|PATCH|APPLY|PUT|DELETE)"/ && /code="2/ { sum += $NF } END { print sum + 0 }'
}
resident() { awk '$1 == "VmRSS:" { printf "%.0f", $2 / 1024 }' "/proc/$1/status"; }
# idle PID: waits until a process does next to nothing.
idle() {
    local before after
    for _ in $(seq 120); do
        before=$(awk '{ print $14 + $15 }' "/proc/$1/stat")
        sleep 1
        after=$(awk '{ print $14 + $15 }' "/proc/$1/stat")
        [ $((after - before)) -gt 5 ] || return 0
    done
    fail "the operator does not come to rest"
}

# fleet NAMESPACE COUNT: COUNT intents at once to Running, against the server's own pace of writes.
fleet() {
    local namespace=$1 count=$2 before events began took used told needed alone all
    kubectl create namespace "$namespace" >/dev/null
    "$bin/bench" cluster-create "$KUBECONFIG" "$namespace" "$count" >"$work/created"
    before=$(writes intent-operator.dev)
    events=$(writes events.k8s.io)
    "$bin/bench" cluster-await "$KUBECONFIG" "$namespace" "$count" &
    local waiting=$!
    children+=("$waiting")
    began=${EPOCHREALTIME/./}
    start_operator "$namespace" --namespace "$namespace"
    wait "$waiting" || fail "not all of $count intents are Running"
    took=$((${EPOCHREALTIME/./} - began))
    eventually 60 "not all of $count intents are Running" ready "$count" "$namespace"
    idle "$operator"
    used=$(awk "BEGIN { printf \"%.2f\", ($(writes intent-operator.dev) - $before) / $count }")
    told=$(awk "BEGIN { printf \"%.2f\", ($(writes events.k8s.io) - $events) / $count }")
    needed=$(awk "BEGIN { printf \"%.1f\", $count / ($took / 1e6) }")
    # One of the writes creates an object, as every event does; the others patch one.
    alone=$(awk "BEGIN { printf \"%.1f\", 1 / (1 / $creates + ($used - 1) / $patches_alone) }")
    all=$(awk "BEGIN { printf \"%.1f\", 1 / ((1 + $told) / $creates + ($used - 1) / $patches_alone) }")
    row "$count intents, nothing to Running" "$needed intents/s"
    row "$count intents: API server writes an intent, and events" "$used, $told"
    row "$count intents: share of the server's own pace, events aside" \
        "$(awk "BEGIN { printf \"%.2f\", $needed / $alone }")" "of $alone intents/s"
    row "$count intents: share of the server's own pace of all writes" \
        "$(awk "BEGIN { printf \"%.2f\", $needed / $all }")" ">= 0.7 of $all intents/s"
    row "$count intents settled, resident" "$(resident "$operator") MB"
}

# latency WHAT MIDDLE LATE LARGEST [TARGET OF THE MIDDLE] [OF THE LATE]: times in microseconds, three rows.
latency() {
    row "$1, median of 200" "$(awk "BEGIN { printf \"%.1f\", $2 / 1e3 }") ms" "${5:-}"
    row "$1, 99 of 100" "$(awk "BEGIN { printf \"%.1f\", $3 / 1e3 }") ms" "${6:-}"
    row "$1, slowest of 200" "$(awk "BEGIN { printf \"%.1f\", $4 / 1e3 }") ms"
}

fleets() {
    echo "== figures"
    local creates patches_alone before
    kubectl create namespace pace >/dev/null
    read -r creates patches_alone < <("$bin/bench" cluster-writes "$KUBECONFIG" pace 1000)
    row "the server alone: creates of an Intent, 16 at a time" "$creates/s"
    row "the server alone: applies of a status, 16 at a time" "$patches_alone/s"

    fleet thousand 1000
    before=$(writes intent-operator.dev)
    sleep 20
    row "writes of our kinds while 1,000 intents are settled, 20 s" "$(($(writes intent-operator.dev) - before))" "0"
    kill -TERM "$operator"
    wait "$operator" || fail "SIGTERM did not end with 0"
    fleet five-thousand 5000
    kill -TERM "$operator"
    wait "$operator" || fail "SIGTERM did not end with 0"
    fleet ten-thousand 10000
    kill -TERM "$operator"
    wait "$operator" || fail "SIGTERM did not end with 0"
}

reactions() {
    echo "== reaction"
    local told bench spans
    kubectl create namespace reaction >/dev/null
    "$bin/bench" cluster-create "$KUBECONFIG" reaction 1000 >/dev/null
    told=$work/reaction.told
    "$bin/bench" cluster-reaction "$KUBECONFIG" reaction 1000 200 >"$told" 2>"$work/reaction.log" &
    bench=$!
    children+=("$bench")
    eventually 30 "the platform of the reaction does not start" grep -q FLEXAI_LISTING "$told"
    (
        unset FLARE_API_URL FLARE_API_TOKEN FLARE_LISTING_DELAY_BOUND
        # shellcheck disable=SC1090
        . "$told"
        start_operator reaction --namespace reaction
        echo "$operator" >"$work/reaction.pid"
        wait
    ) &
    wait "$bench" || fail "the reaction was not measured: $(cat "$work/reaction.log")"
    children+=("$(cat "$work/reaction.pid")")
    read -r -a spans < <(tail -n 1 "$told")
    # The server answers a write and tells of it at the same moment.
    latency "a write is answered to the first platform call, 1,000 intents idle" "${spans[@]:3}" "<= 10 ms" "<= 30 ms"
    latency "a write is sent to the first platform call, 1,000 intents idle" "${spans[@]:0:3}"
}

print_rows() {
    printf '%s\n' "${rows[@]}" | awk -F'|' '{ printf "%-75s %-18s %s\n", $1, $2, $3 }'
}
