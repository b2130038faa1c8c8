/// What a create call says where the intent is silent: FlexAI needs all its fields.
package struct FlexAIDefaults: Hashable, Sendable {
    /// Cores of an instance.
    package var cpuCores = 8
    /// Memory of an instance in GB.
    package var memoryGB = 32
    /// The environment; intents have no word for it.
    package var environment = "jupyter"
    /// The frameworks where the image names none.
    package var frameworks: [String] = []

    /// The documented defaults.
    package init() {}
}
