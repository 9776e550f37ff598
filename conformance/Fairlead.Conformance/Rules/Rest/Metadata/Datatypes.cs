namespace Fairlead.Conformance.Rules.Rest.Metadata;

internal sealed class Datatypes : IRule
{
    public string Name => "rest/metadata/datatypes";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Tensor Data Types", "Datatypes are named as the table of datatypes has them.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        TypeSample[] samples = [TypeSample.Bool, TypeSample.UInt8, TypeSample.UInt16, TypeSample.UInt32, TypeSample.UInt64, TypeSample.Int8, TypeSample.Int16, TypeSample.Int32, TypeSample.Int64, TypeSample.Fp16, TypeSample.Fp32, TypeSample.Fp64, TypeSample.Texts];
        var verdict = Verdict.Pass;
        foreach (var sample in samples)
        {
            var answer = await target.Rest.GetAsync($"/v2/models/{target.Require(sample.Model)}", cancellationToken);
            verdict = verdict && answer.Says("inputs/INPUT0/datatype", $"\"{sample.Datatype}\"");
        }

        return verdict;
    }
}
