using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class TypedInt16() : TypedRule("grpc/types/typed-int16", TypeSample.Int16, new InferTensorContents { IntContents = { -32768, -1, 0, 32767 } });
