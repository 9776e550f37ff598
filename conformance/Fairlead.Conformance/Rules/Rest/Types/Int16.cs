namespace Fairlead.Conformance.Rules.Rest.Types;

internal sealed class Int16() : JsonTypeRule("rest/types/int16", TypeSample.Int16);
