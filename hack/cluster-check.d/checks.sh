# What must hold against a real API server; read by hack/cluster-check.

checks() {
    echo "== checks"
    local before
    start_operator first -A
    eventually 60 "the Lease is not held" holds first
    well "the operator holds the Lease with its own rights and no more"

    { intent one 1; intent two 2; } | kubectl apply -f - >/dev/null
    kubectl -n research wait --for=condition=Ready gpi/one gpi/two --timeout=90s >/dev/null || fail "not Ready"
    eventually 5 "3 instances should live, not $(alive)" alive_is 3
    well "kubectl apply, wait --for=condition=Ready: 3 instances live"
    kubectl -n research get gpi | sed 's/^/      /'
    kubectl -n research get gpi two -o jsonpath='{.status.slotsReady}' | grep -qx 2/2 || fail "the column of slots"
    kubectl -n research describe gpi two | grep -q Provisioned || fail "no event Provisioned in kubectl describe"
    well "kubectl describe shows events"
    kubectl intent get -n research | grep -q '^research/two ' || fail "kubectl intent get"
    kubectl intent describe -n research two | grep -q 'Slots:.*2 of 2' || fail "kubectl intent describe"
    well "kubectl intent get, describe"

    if intent bad 1 | sed 's/min_replicas: 1/min_replicas: 9/' | kubectl apply -f - >"$work/bad" 2>&1; then
        fail "an intent with more least than most replicas was let in"
    fi
    grep -q replicas "$work/bad" || fail "the refusal does not name the field: $(cat "$work/bad")"
    well "the API server refuses what the schema forbids: $(tail -n 1 "$work/bad" | cut -c1-110)"

    intent two 1 | kubectl apply -f - >/dev/null
    eventually 90 "2 instances should live, not $(alive)" alive_is 2
    well "scaled down by kubectl apply"

    kubectl -n research delete gpi one --wait=true --timeout=120s >/dev/null || fail "deletion does not end"
    alive_is 1 || fail "the object is gone, and its instance is not"
    well "kubectl delete waits until the instance is gone"

    kubectl intent suspend -n research two --reason maintenance >/dev/null
    eventually 90 "a suspended intent holds something" alive_is 0
    kubectl intent resume -n research two >/dev/null
    kubectl -n research wait --for=condition=Ready gpi/two --timeout=90s >/dev/null || fail "not Ready after resume"
    well "kubectl intent suspend, resume"

    before=$operator
    start_operator second -A
    local second=$operator began
    sleep 3
    began=${EPOCHREALTIME/./}
    kill -9 "$before"
    intent three 1 | kubectl apply -f - >/dev/null
    kubectl -n research wait --for=condition=Ready gpi/three --timeout=90s >/dev/null || fail "no takeover"
    well "SIGKILL of the holder: the standby ran the next intent after $(seconds_since "$began") s"

    start_operator third -A
    local third=$operator
    sleep 3
    began=${EPOCHREALTIME/./}
    kill -TERM "$second"
    intent four 1 | kubectl apply -f - >/dev/null
    kubectl -n research wait --for=condition=Ready gpi/four --timeout=90s >/dev/null || fail "no takeover"
    wait "$second" || fail "SIGTERM did not end with 0"
    well "clean exit of the holder: the standby ran the next intent after $(seconds_since "$began") s"
    alive_is 3 || fail "two operators bought $(alive) instances, not 3"
    well "two operators, nothing bought twice"

    kill -9 "$server"
    wait "$server" 2>/dev/null || true
    sleep 5
    start_server
    intent five 2 | kubectl apply -f - >/dev/null
    kubectl -n research wait --for=condition=Ready gpi/five --timeout=120s >/dev/null || fail "not Ready after a restart"
    eventually 5 "5 instances should live, not $(alive)" alive_is 5
    kill -0 "$third" 2>/dev/null || eventually 1 "no operator is left" false
    well "SIGKILL and restart of the API server: the operator goes on, 5 instances live"

    # Rights: what the operator does not need it cannot do.
    local account=system:serviceaccount:intent-operator:intent-operator
    for right in "get secrets" "create pods" "delete intents" "update intents" "create intents"; do
        # shellcheck disable=SC2086
        ! kubectl auth can-i $right --as "$account" -n research >/dev/null 2>&1 || fail "the operator may $right"
    done
    well "the operator may not read Secrets, nor create or delete Intents"

    kubectl -n research delete gpi --all --wait=true --timeout=180s >/dev/null || fail "deletion does not end"
    alive_is 0 || fail "$(alive) instances outlived their intents"
    kubectl intent orphans -A >"$work/orphans" 2>&1 || fail "orphans: $(cat "$work/orphans")"
    grep -q 'No orphans' "$work/orphans" || fail "orphans: $(cat "$work/orphans")"
    well "all intents are deleted, and nothing is billed"
    [ "$(grep -hc '"level":"error"' "$work"/operator-*.log | awk '{ sum += $1 } END { print sum }')" = 0 ] ||
        echo "  note: errors in the logs: $(grep -h '"level":"error"' "$work"/operator-*.log | head -n 2)"
    kill -TERM "$third"
    wait "$third" || fail "SIGTERM did not end with 0"
}
