namespace Fairlead.Conformance.Rules.Rest.Types;

internal sealed class Bool() : JsonTypeRule("rest/types/bool", TypeSample.Bool);
