using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class TypedFp32() : TypedRule("grpc/types/typed-fp32", TypeSample.Fp32, new InferTensorContents { Fp32Contents = { 0, -1.5f, 0.25f, 16777216 } });
