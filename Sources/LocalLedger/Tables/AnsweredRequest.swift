package import Reconciling

/// A request and what became of it.
package struct AnsweredRequest: Hashable, Sendable {
    /// What was asked.
    package var request: OperatorRequest
    /// What came of it; nil while nobody has answered.
    package var answer: RequestAnswer?

    /// A request with or without its answer.
    package init(request: OperatorRequest, answer: RequestAnswer?) {
        self.request = request
        self.answer = answer
    }
}
