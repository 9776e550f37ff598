namespace Fairlead.Conformance.Rules.Rest.Types;

internal sealed class Int32() : JsonTypeRule("rest/types/int32", TypeSample.Int32);
