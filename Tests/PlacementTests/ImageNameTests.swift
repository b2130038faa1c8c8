import Testing

@testable import Placement

/// Which images are environments that FlexAI brings.
struct ImageNameTests {
    @Test(arguments: [
        ("jupyter/tensorflow-notebook:latest", true), ("quay.io/jupyter/scipy-notebook", true),
        ("JUPYTER/base-notebook", true), ("jupyterhub/singleuser:4", true), ("example/my-jupyter-lab@sha256:ab", true),
        ("jupyter", true), ("localhost:5000/jupyter/minimal", true), ("jupyter.example.com/pytorch:2", false),
        ("pytorch/pytorch:jupyter", false), ("pytorch/pytorch@sha256:jupyter", false),
        ("lmsysorg/sglang:latest", false),
        ("", false),
    ])
    func jupyterImages(text: String, expected: Bool) {
        #expect(ImageName(text).isJupyter == expected)
    }
}
