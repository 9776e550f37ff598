using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class TypedBool() : TypedRule("grpc/types/typed-bool", TypeSample.Bool, new InferTensorContents { BoolContents = { true, false, false, true } });
