namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class RawFp16() : RawRule("grpc/types/raw-fp16", TypeSample.Fp16);
