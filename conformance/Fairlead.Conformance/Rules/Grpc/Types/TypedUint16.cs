using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class TypedUint16() : TypedRule("grpc/types/typed-uint16", TypeSample.UInt16, new InferTensorContents { UintContents = { 0, 1, 256, 65535 } });
