using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class TypedUint8() : TypedRule("grpc/types/typed-uint8", TypeSample.UInt8, new InferTensorContents { UintContents = { 0, 1, 128, 255 } });
