using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Parameters;

internal sealed class IntegerParameter() : ParameterRule("grpc/parameters/integer", "a 64-bit integer", new InferParameter { Int64Param = -42 });
