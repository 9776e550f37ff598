using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Parameters;

internal sealed class TextParameter() : ParameterRule("grpc/parameters/text", "a text", new InferParameter { StringParam = "a\u00fc" });
