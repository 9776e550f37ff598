namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class RawUint16() : RawRule("grpc/types/raw-uint16", TypeSample.UInt16);
