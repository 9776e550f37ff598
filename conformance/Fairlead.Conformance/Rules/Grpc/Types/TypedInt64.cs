using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class TypedInt64() : TypedRule("grpc/types/typed-int64", TypeSample.Int64, new InferTensorContents { Int64Contents = { long.MinValue, -1, 9007199254740993, long.MaxValue } });
