using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Parameters;

internal sealed class UnsignedIntegerParameter() : ParameterRule("grpc/parameters/unsigned-integer", "an unsigned 64-bit integer", new InferParameter { Uint64Param = ulong.MaxValue });
