import Documents
import Intents
import Kubernetes
import Reconciling
import Testing

/// Lines, names, times, rights and series: the small pure parts.
@Suite struct ObjectTests {
    @Test(arguments: [1, 2, 3, 7, 64, 10_000])
    func linesAreTheSameHoweverTheyAreCut(_ size: Int) throws {
        let text = "{\"a\":1}\n\n{\"b\":\"ü\"}\r\n{\"c\":[]}\n"
        let bytes = Array(text.utf8)
        var splitter = LineSplitter(limit: 100)
        var lines: [String] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            let piece = Array(bytes[start..<min(start + size, bytes.count)])
            lines += try splitter.feed(piece).map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(lines == ["{\"a\":1}", "{\"b\":\"ü\"}", "{\"c\":[]}"])
        #expect(!splitter.isInsideLine)
    }

    @Test func aLineThatNeverEndsIsRefused() throws {
        var splitter = LineSplitter(limit: 10)
        let first = try splitter.feed(Array("0123456789".utf8))
        #expect(first.isEmpty && splitter.isInsideLine)
        #expect(throws: LineSplitter.TooLong.self) { try splitter.feed(Array("0".utf8)) }
    }

    @Test func aWatchThatIsCutAnywhereGivesWholeEventsAlone() async throws {
        let transcript = try Transcript.named("watch")
        let response = try #require(transcript.exchanges.first).response
        for length in stride(from: response.count - 40, to: response.count, by: 3) {
            var exchange = try #require(transcript.exchanges.first)
            exchange.response = Array(response.prefix(length))
            let outcome = try await TranscriptTests.outcome(of: exchange)
            #expect(outcome.hasPrefix("watch ++++--"), "\(length): \(outcome)")
        }
        for length in stride(from: 400, to: 3000, by: 173) {
            var exchange = try #require(transcript.exchanges.first)
            exchange.response = Array(response.prefix(length))
            let outcome = try await TranscriptTests.outcome(of: exchange)
            #expect(outcome.hasSuffix("cut [TIMEOUT]") && !outcome.contains("-"), "\(length): \(outcome)")
        }
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000000Z"), (1, "1970-01-01T00:00:00.001000Z"), (-1, "1969-12-31T23:59:59.999000Z"),
        (1_798_761_600_123, "2027-01-01T00:00:00.123000Z"),
    ])
    func timesHaveSixDigits(_ milliseconds: Int64, _ text: String) {
        #expect(Timestamp(milliseconds: milliseconds).microText == text)
    }

    @Test(arguments: [
        (
            "leases.coordination.k8s.io is forbidden: User \"a\" cannot get resource \"leases\" in API group "
                + "\"coordination.k8s.io\" in the namespace \"n\"", "get leases.coordination.k8s.io in namespace n"
        ),
        (
            "x is forbidden: User \"system:serviceaccount:n:op\" cannot patch resource \"intents/status\" in API group "
                + "\"intent-operator.dev\" at the cluster scope", "patch intents.intent-operator.dev/status"
        ),
        (
            "pods is forbidden: User \"a\" cannot list resource \"pods\" in API group \"\" in the namespace \"n\"",
            "list pods in namespace n"
        ),
    ])
    func aMissingRightIsNamed(_ refusal: String, _ right: String) {
        #expect(MissingRight(refusal: refusal)?.description == right)
    }

    @Test(arguments: ["", "ValidatingAdmissionPolicy 'a' denied request", "User \"", "cannot  resource"])
    func whatIsNoMissingRightIsNone(_ text: String) { #expect(MissingRight(refusal: text) == nil) }

    @Test(arguments: [("a/b", true), ("a", false), ("/b", false), ("a/", false), ("a/b/c", true)])
    func aKeyNamesAnObjectWhereItHasANamespace(_ key: String, _ isName: Bool) {
        #expect((ObjectName(IntentKey(rawValue: key)) != nil) == isName)
    }

    @Test func pathsAreTheServers() {
        #expect(
            APIResource.intents.path(namespace: "n", name: "a", subresource: "status")
                == ["apis", "intent-operator.dev", "v1alpha1", "namespaces", "n", "intents", "a", "status"]
        )
        #expect(APIResource.leases.path(namespace: nil) == ["apis", "coordination.k8s.io", "v1", "leases"])
        let core = APIResource(group: "", version: "v1", plural: "pods", kind: "Pod")
        #expect(core.path(namespace: "n") == ["api", "v1", "namespaces", "n", "pods"] && core.apiVersion == "v1")
    }

    @Test func aMalformedObjectSaysWhichFieldWithoutItsValue() {
        let cases: [(Node, String)] = [
            (.mapping([]), "metadata is missing"),
            (.mapping(["metadata": .mapping([])]), "metadata.name is missing"),
            (.mapping(["metadata": .mapping(["name": 5])]), "metadata.name must be text, not a whole number"),
            (
                .mapping(["metadata": .mapping(["name": "a", "finalizers": "s3cret"])]),
                "metadata.finalizers must be a list, not text"
            ),
            ("s3cret", "the object must be a mapping, not text"),
        ]
        for (node, words) in cases {
            let error = #expect(throws: MalformedObject.self) { try IntentObject(node) }
            #expect(error?.description == words)
        }
    }

    @Test func aSuspensionByAnnotationReadsBack() {
        var suspension = Suspension(annotation: "night")
        #expect(suspension.reason == "night" && suspension.until == nil && suspension.mode == .release)
        #expect(suspension.annotation == "night")
        suspension.mode = .stop
        suspension.until = Timestamp(seconds: 1_800_000_000)
        #expect(Suspension(annotation: suspension.annotation) == suspension)
        #expect(Suspension(annotation: "{nonsense").reason == "{nonsense", "suspended all the same")
    }

    @Test("the priority is the one annotation that an intent keeps")
    func priority() {
        let intent = Intent(name: "a", annotations: ["x": "y"], spec: IntentSpec())
        let wished = intent.asWished(by: [Intent.priorityAnnotation: "7", OwnAnnotation.pause: "look", "x": "y"])
        #expect(wished.annotations == [Intent.priorityAnnotation: "7"] && wished.priority == 7)
        #expect(wished.spec.paused != nil)
        #expect(intent.asWished(by: [:]).annotations.isEmpty)
    }

    @Test func eventsAreBoundedAndRepeatedOnesASeries() {
        var book = EventBook()
        func event(_ number: Int) -> Event {
            Event(at: Timestamp(seconds: 1), key: World.key("a"), reason: "R", message: "m\(number)")
        }
        func word(_ act: EventBook.Act?) -> String {
            switch act {
            case .create(let name, _): "create \(name)"
            case .series(let name, let count, _): "series \(name) \(count)"
            case nil: "nothing"
            }
        }
        var words: [String] = []
        for second in [0, 1, 2, 61, 62, 500, 1200] {
            words.append(word(book.take(event(0), suffix: UInt64(second), at: .seconds(second))))
        }
        #expect(words == ["create 0", "series 0 2", "nothing", "series 0 4", "nothing", "series 0 6", "create 4b0"])
        let created = (1...100).count { number in
            if case .create = book.take(event(number), suffix: 1, at: .seconds(1200)) { true } else { false }
        }
        #expect(created < 25, "\(created)")
    }
}
