using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class TypedInt8() : TypedRule("grpc/types/typed-int8", TypeSample.Int8, new InferTensorContents { IntContents = { -128, -1, 0, 127 } });
