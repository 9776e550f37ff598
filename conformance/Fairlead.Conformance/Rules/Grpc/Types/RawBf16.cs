namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class RawBf16() : RawRule("grpc/types/raw-bf16", TypeSample.Bf16);
