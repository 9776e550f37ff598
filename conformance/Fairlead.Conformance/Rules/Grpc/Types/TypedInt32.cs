using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class TypedInt32() : TypedRule("grpc/types/typed-int32", TypeSample.Int32, new InferTensorContents { IntContents = { int.MinValue, -1, 0, int.MaxValue } });
