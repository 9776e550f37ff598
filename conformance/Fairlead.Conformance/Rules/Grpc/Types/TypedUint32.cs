using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class TypedUint32() : TypedRule("grpc/types/typed-uint32", TypeSample.UInt32, new InferTensorContents { UintContents = { 0, 1, 65536, 4294967295 } });
