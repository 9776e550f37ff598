using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Parameters;

internal sealed class FractionParameter() : ParameterRule("grpc/parameters/fraction", "a 64-bit fraction", new InferParameter { DoubleParam = 0.25 });
