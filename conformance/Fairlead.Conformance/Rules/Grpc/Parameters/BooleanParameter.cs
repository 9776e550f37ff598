using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Parameters;

internal sealed class BooleanParameter() : ParameterRule("grpc/parameters/boolean", "a boolean", new InferParameter { BoolParam = true });
