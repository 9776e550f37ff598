namespace Fairlead.Conformance.Rules.Rest.Types;

internal sealed class Int64() : JsonTypeRule("rest/types/int64", TypeSample.Int64);
