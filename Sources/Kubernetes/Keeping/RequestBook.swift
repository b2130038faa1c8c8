import Intents
import Reconciling

/// What people ask with annotations, numbered in the order in which it was seen, each answered once.
struct RequestBook: Sendable {
    /// Where a request stands.
    struct Place: Hashable, Sendable {
        /// The Intent; nil for the Lease, which speaks for all.
        var key: IntentKey?
        /// The annotation.
        var annotation: String
        /// What it says.
        var value: String
    }

    private var numbers: [Place: Int64] = [:]
    private var places: [Int64: Place] = [:]
    private var answered: Set<Int64> = []
    private var last: Int64 = 0

    /// Nothing asked.
    init() {}

    /// The requests that stand at these places and have not been answered, oldest first, and the places that cannot be
    /// read, with what is wrong; what no longer stands there is forgotten.
    mutating func take(
        _ present: [Place],
        at now: Timestamp
    ) -> (requests: [OperatorRequest], unreadable: [(Place, String)]) {
        let standing = Set(present)
        for (place, number) in numbers where !standing.contains(place) {
            numbers[place] = nil
            places[number] = nil
            answered.remove(number)
        }
        var requests: [OperatorRequest] = []
        var unreadable: [(Place, String)] = []
        for place in present {
            let number = number(of: place)
            guard !answered.contains(number) else { continue }
            switch Self.verb(place) {
            case .success(let verb): requests.append(OperatorRequest(id: number, verb: verb, askedAt: now))
            case .failure(let problem): unreadable.append((place, problem.words))
            }
        }
        return (requests.sorted { $0.id < $1.id }, unreadable)
    }

    /// Notes that a request was answered; gives its place, nil where it is not known.
    mutating func answer(_ number: Int64) -> Place? {
        guard let place = places[number] else { return nil }
        answered.insert(number)
        return place
    }

    /// Forgets a request that was answered and taken away, so that the same words may be said again at once.
    mutating func forget(_ number: Int64) {
        guard answered.remove(number) != nil, let place = places.removeValue(forKey: number) else { return }
        numbers[place] = nil
    }

    private mutating func number(of place: Place) -> Int64 {
        if let number = numbers[place] { return number }
        last += 1
        numbers[place] = last
        places[last] = place
        return last
    }

    /// Why a request cannot be read.
    private struct Problem: Error {
        let words: String
    }

    private static func verb(_ place: Place) -> Result<OperatorRequest.Verb, Problem> {
        switch (place.annotation, place.key) {
        case (OwnAnnotation.reconcileAt, let key): .success(.reconcile(key))
        case (OwnAnnotation.approve, let key): .success(.approve(token: place.value, key))
        case (OwnAnnotation.resolve, let key?): resolution(place.value, key)
        case (OwnAnnotation.permit, let key?):
            Permission(text: place.value).map { .success(.permit(key, $0)) }
                ?? .failure(Problem(words: "\(OwnAnnotation.permit) must read \"PURPOSE GENERATION [MICROS]\""))
        case (OwnAnnotation.wake, let key?): .success(.resume(key))
        case (OwnAnnotation.complete, let key?): completion(place.value, key)
        default: .failure(Problem(words: "\(place.annotation) asks nothing here"))
        }
    }

    private static func completion(_ text: String, _ key: IntentKey) -> Result<OperatorRequest.Verb, Problem> {
        let words = text.split(whereSeparator: \.isWhitespace)
        if words.count == 2, let slot = Int(words[0]), slot >= 0, let outcome = TaskOutcome(rawValue: String(words[1]))
        {
            return .success(.complete(key, slot: slot, outcome))
        }
        return .failure(Problem(words: "\(OwnAnnotation.complete) must read \"SLOT Completed\" or \"SLOT Failed\""))
    }

    private static func resolution(_ text: String, _ key: IntentKey) -> Result<OperatorRequest.Verb, Problem> {
        let words = text.split(whereSeparator: \.isWhitespace)
        if words.count >= 2, let slot = Int(words[0]), slot >= 0 {
            if words[1] == "abandon", words.count == 2 { return .success(.abandon(key, slot: slot)) }
            if words[1] == "adopt", words.count == 3 {
                return .success(.adopt(key, slot: slot, AllocationID(rawValue: String(words[2]))))
            }
        }
        return .failure(Problem(words: "\(OwnAnnotation.resolve) must read \"SLOT adopt ID\" or \"SLOT abandon\""))
    }
}
