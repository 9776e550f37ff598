using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class TypedUint64() : TypedRule("grpc/types/typed-uint64", TypeSample.UInt64, new InferTensorContents { Uint64Contents = { 0, 1, 9007199254740993, 18446744073709551615 } });
