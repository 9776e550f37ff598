namespace Fairlead.Conformance.Rules.Rest.Binary.Types;

internal sealed class Bool() : BinaryTypeRule("rest/binary/types/bool", TypeSample.Bool);
