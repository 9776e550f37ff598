namespace Fairlead.Conformance.Rules.Grpc.Types;

internal sealed class RawBytes() : RawRule("grpc/types/raw-bytes", TypeSample.Texts);
