import Testing

@testable import Intents

@Test func anErrorShowsTheProblemAndAnExample() {
    let error = UnitError("\"32GB\" is not a quantity", example: "32Gi")
    #expect(error.description == "\"32GB\" is not a quantity; write it like \"32Gi\"")
}
