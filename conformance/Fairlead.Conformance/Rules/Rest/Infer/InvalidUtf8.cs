using System.Text;

namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class InvalidUtf8 : IRule
{
    public string Name => "rest/infer/invalid-utf8";

    public Requirement Requirement { get; } = Requirement.Should(Document.Json, "Character Encoding", "JSON is UTF-8; other bytes in a text are an error.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var body = Encoding.Latin1.GetBytes("{\"inputs\":[{\"name\":\"INPUT0\",\"shape\":[1,1],\"datatype\":\"BYTES\",\"data\":[\"\u00fc\u00ff\"]}]}");
        return (await target.InferAsync(TypeSample.Texts.Model, RestRequest.Json("") with { Body = body }, cancellationToken)).IsRefused;
    }
}
