namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class RawInt64() : RawRule("grpc/types/raw-int64", TypeSample.Int64);
