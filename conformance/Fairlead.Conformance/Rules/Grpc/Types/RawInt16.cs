namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class RawInt16() : RawRule("grpc/types/raw-int16", TypeSample.Int16);
