using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class TypedFp64() : TypedRule("grpc/types/typed-fp64", TypeSample.Fp64, new InferTensorContents { Fp64Contents = { 0, -1.5, 0.1, 1e300 } });
