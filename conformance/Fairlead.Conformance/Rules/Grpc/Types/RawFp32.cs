namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class RawFp32() : RawRule("grpc/types/raw-fp32", TypeSample.Fp32);
