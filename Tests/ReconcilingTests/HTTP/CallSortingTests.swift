import Intents
import Reconciling
import Testing

/// The tables of what follows from which failure.
@Suite struct CallSortingTests {
    private static let sorting = CallSorting()

    @Test func aCreateThatMayHaveHappenedIsUnknownWhateverItsCode() {
        for status in 0..<1000 where !(200..<300).contains(status) {
            for code in [nil] + DocumentedCode.allCases.map(Optional.some) {
                let consequence = Self.sorting.consequence(of: .create, status: status, code: code, wait: nil)
                #expect((consequence == .unknown) == (Self.sorting.trace(ofStatus: status) == .unknown), "\(status)")
            }
        }
    }

    @Test func onlyRefusalsOfTheRequestLeaveNothingBehind() {
        let documented = [400, 401, 402, 403, 404, 409, 422, 429]
        for status in documented { #expect(Self.sorting.trace(ofStatus: status) == .nothing) }
        for status in [
            100, 300, 301, 302, 303, 307, 308, 408, 418, 423, 424, 499, 500, 502, 503, 504, 520, 599, 0, 999,
        ] {
            #expect(Self.sorting.trace(ofStatus: status) == .unknown, "\(status)")
        }
    }

    @Test func nothingButACreateIsEverUnknownStalledOrAReasonForAnotherOffer() {
        for operation in PlatformOperation.allCases where operation != .create {
            for status in 300..<600 {
                for code in [nil] + DocumentedCode.allCases.map(Optional.some) {
                    let consequence = Self.sorting.consequence(of: operation, status: status, code: code, wait: nil)
                    switch consequence {
                    case .unknown, .stalled, .nextOffer:
                        Issue.record("\(operation) \(status) \(String(describing: code))")
                    case .gone:
                        #expect(operation.isAboutAllocation && (status == 404 || status == 410))
                    case .retry, .wait, .pausePlatform: break
                    }
                }
            }
        }
    }

    @Test func refusalsOfUsPauseThePlatformWhateverTheCall() {
        for operation in PlatformOperation.allCases {
            for status in [401, 403] {
                #expect(Self.sorting.consequence(of: operation, status: status, code: nil, wait: nil) == .pausePlatform)
            }
            for code in [
                DocumentedCode.invalidToken, .tokenExpired, .tokenRevoked, .authenticationFailed,
                .insufficientPermissions,
            ] {
                #expect(Self.sorting.consequence(of: operation, status: 400, code: code, wait: nil) == .pausePlatform)
            }
        }
    }

    @Test func theWaitIsHandedOn() {
        let wait = Duration.seconds(7)
        for operation in PlatformOperation.allCases {
            #expect(Self.sorting.consequence(of: operation, status: 429, code: nil, wait: wait) == .wait(wait))
            #expect(Self.sorting.consequence(of: operation, status: 429, code: .quotaExceeded, wait: nil) == .wait(nil))
        }
        #expect(Self.sorting.consequence(of: .observe, status: 503, code: nil, wait: wait) == .retry(after: wait))
    }

    @Test func missingOffersAreASettingOfTheTable() {
        let sorting = CallSorting(statusesOfMissingOffers: [409])
        #expect(sorting.consequence(of: .create, status: 409, code: nil, wait: nil) == .nextOffer)
        #expect(sorting.consequence(of: .create, status: 409, code: .invalidFormat, wait: nil) == .stalled)
        #expect(Self.sorting.consequence(of: .create, status: 409, code: nil, wait: nil) == .stalled)
    }

    @Test func silenceIsSortedByWhatCanHaveBeenSeen() {
        for operation in PlatformOperation.allCases {
            let isCreate = operation == .create
            #expect(Self.sorting.consequence(of: operation, failure: .notSent("")) == .retry(after: nil))
            for failure in [TransportFailure.outcomeUnknown(""), .replyTooLarge(limit: 1)] {
                let expected: PlatformError.Consequence = isCreate ? .unknown : .retry(after: nil)
                #expect(Self.sorting.consequence(of: operation, failure: failure) == expected)
            }
        }
    }

    @Test func theReferencesCodesAreAllThere() {
        #expect(DocumentedCode.allCases.count == 14)
    }
}
