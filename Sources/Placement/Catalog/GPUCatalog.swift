package import Intents

/// What is known of GPU models, found by any name that a platform or a person gives them.
package struct GPUCatalog: Sendable {
    /// A model together with the form and the memory that a name or a text picks.
    package struct Match: Hashable, Sendable {
        /// The model.
        package var gpu: GPU
        /// Its form: the one stated, else the first that is built with the memory stated, else the first.
        package var variant: GPU.Variant
        /// The memory stated, else the form's usual one.
        package var memory: Quantity
        /// Whether the name itself says which form is meant.
        package var statesForm: Bool
        /// Whether the name or the memory text says how much memory is meant.
        package var statesMemory: Bool
    }

    /// The models in the order of the catalogue.
    package let gpus: [GPU]
    /// Where each model stands in `gpus`, by the names written in the catalogue.
    private let exact: [String: Int]
    /// Where each model stands in `gpus`, by its chip.
    private let chips: [String: Int]

    /// A catalogue of these models; of two models with one name the first has it.
    ///
    /// A model without forms, or with a form that has no memory, says too little to be found.
    package init(gpus: [GPU]) {
        let gpus = gpus.filter { !$0.variants.isEmpty && $0.variants.allSatisfy { !$0.memory.isEmpty } }
        var exact: [String: Int] = [:]
        var chips: [String: Int] = [:]
        for (index, gpu) in gpus.enumerated() {
            for name in [gpu.model] + gpu.aliases {
                let parts = GPUName(name)
                if parts.form == nil, parts.memory == nil { exact[name, default: index] = index }
                chips[parts.chip] = chips[parts.chip] ?? index
            }
        }
        self.gpus = gpus
        self.exact = exact
        self.chips = chips
    }

    /// The model that a name means, in the form and with the memory that the name or `memory` states; nil if unknown.
    ///
    /// Case, vendor prefix, and spaces, dashes or underscores do not matter. `memory` beats what the name says.
    package func find(_ name: String, memory: Quantity? = nil) -> Match? {
        if let index = exact[name] {
            return match(gpus[index], form: nil, memory: memory)
        }
        let parts = GPUName(name)
        guard let index = chips[parts.chip] else { return nil }
        return match(gpus[index], form: parts.form, memory: memory ?? parts.memory)
    }

    /// The model that a name means, with the memory that a platform's text states, such as "40GB".
    ///
    /// Text that is no memory is passed over.
    package func find(_ name: String, memoryText: String) -> Match? {
        find(name, memory: MemoryText.read(memoryText, unit: .optional))
    }

    /// The name to compare models by: the catalogue's, else the name's chip.
    func canonical(_ name: String) -> String {
        if let index = exact[name] { return gpus[index].model }
        let parts = GPUName(name)
        return chips[parts.chip].map { gpus[$0].model } ?? parts.chip
    }

    /// The offer with every attribute filled in that nobody states and the catalogue knows.
    ///
    /// An offer of an unknown model stays as it is. Completing twice is completing once.
    package func complete(_ offer: Offer) -> Offer {
        guard let match = find(offer.model, memory: offer.gpuMemory) else { return offer }
        var offer = offer
        let variant = match.gpu.variants.first { $0.name == offer.variant } ?? match.variant
        offer.model = match.gpu.model
        offer.variant = variant.name
        offer.gpuMemory = offer.gpuMemory ?? match.memory
        offer.computeCapability = offer.computeCapability ?? match.gpu.computeCapability
        offer.architecture = offer.architecture ?? match.gpu.architecture
        offer.tier = offer.tier ?? match.gpu.tier
        offer.interconnect = offer.interconnect ?? variant.interconnect
        offer.fp32Tflops = offer.fp32Tflops ?? variant.fp32Tflops
        offer.cores = offer.cores ?? variant.cores
        offer.clockSpeed = offer.clockSpeed ?? variant.clockSpeed
        offer.multiInstance = offer.multiInstance ?? variant.multiInstance
        offer.watts = offer.watts ?? variant.watts
        return offer
    }

    /// Picks the form: by name first, then by memory, then the first.
    private func match(_ gpu: GPU, form: String?, memory: Quantity?) -> Match {
        let named = gpu.variants.filter { variant in form.map { GPUName(variant.name).form == $0 } ?? false }
        let forms = named.isEmpty ? gpu.variants : named
        let fitting = memory.flatMap { memory in forms.first { $0.memory.contains(memory) } }
        let variant = fitting ?? forms[0]
        return Match(
            gpu: gpu,
            variant: variant,
            memory: memory ?? variant.memory[0],
            statesForm: !named.isEmpty,
            statesMemory: memory != nil
        )
    }
}
