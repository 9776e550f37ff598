using Fairlead.Domain.Models;
using Fairlead.Domain.Releases;

namespace Fairlead.Web.Pages.Views;

/// <summary>A service of a release, with the signature of its model.</summary>
/// <param name="Inputs">Such as "origin BYTES[-1,1]".</param>
public sealed record ReleasedServiceView(string Name, string Model, string Run, string Digest, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs)
{
    internal static ReleasedServiceView Of(ReleasedService service) => new(
        service.Name,
        service.Model.Label,
        service.Model.Run.ToString(),
        service.Model.Artifact.Digest.ToString(),
        [.. service.Model.Signature.Inputs.Select(Text)],
        [.. service.Model.Signature.Outputs.Select(Text)]);

    private static string Text(TensorSpec tensor) => $"{tensor.Name} {tensor.Type.WireName()}[{string.Join(',', tensor.Shape)}]";
}
