namespace Fairlead.Conformance.Rules.Rest.Types;

internal sealed class Int8() : JsonTypeRule("rest/types/int8", TypeSample.Int8);
