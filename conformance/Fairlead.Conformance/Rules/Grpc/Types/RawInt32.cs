namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class RawInt32() : RawRule("grpc/types/raw-int32", TypeSample.Int32);
