namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class RawFp64() : RawRule("grpc/types/raw-fp64", TypeSample.Fp64);
