namespace Fairlead.Conformance.Rules.Rest.Binary.Types;

internal sealed class Bytes() : BinaryTypeRule("rest/binary/types/bytes", TypeSample.Texts);
