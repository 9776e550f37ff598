namespace Fairlead.Conformance.Rules.Rest.Types;

internal sealed class Bytes() : JsonTypeRule("rest/types/bytes", TypeSample.Texts);
