namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class RawBool() : RawRule("grpc/types/raw-bool", TypeSample.Bool);
