using System.Text;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Inference;
using Fairlead.Serving.Routing;

namespace Fairlead.Serving.Tests.Routing;

public sealed class ServiceRouteTests
{
    private const int Units = 100_000;

    [Theory]
    [InlineData(9000, 1000)]
    [InlineData(9999, 1)]
    [InlineData(3333, 3333, 3334)]
    [InlineData(0, 10000)]
    [InlineData(50, 50)]
    public void Choose_ByUnit_SharesFollowTheWeights(params int[] weights)
    {
        var route = Route(weights);
        var counts = Enumerable.Range(0, Units).GroupBy(unit => route.Choose(Hash(unit))!.Name.Number).ToDictionary(group => group.Key, group => group.Count());

        var total = weights.Sum();
        for (var i = 0; i < weights.Length; i++)
        {
            var share = (double)weights[i] / total;
            var deviation = Math.Sqrt(Units * share * (1 - share));
            Assert.InRange(counts.GetValueOrDefault(i + 1), (Units * share) - (5 * deviation), (Units * share) + (5 * deviation));
        }
    }

    [Fact]
    public void Choose_AtRandom_SharesFollowTheWeights()
    {
        var route = Route(9000, 1000);

        var second = Enumerable.Range(0, Units).Count(_ => route.Choose(ThreadRandom.Next())!.Name.Number == 2);

        Assert.InRange(second, 10_000 - 700, 10_000 + 700);
    }

    [Fact]
    public void Choose_WeightOfTheNewGroupRises_KeepsItsUnits()
    {
        int[] steps = [500, 2500, 5000, 10_000];
        var routes = steps.Select(step => Route(10_000 - step, step)).ToList();
        for (var unit = 0; unit < 10_000; unit++)
        {
            var numbers = routes.Select(route => route.Choose(Hash(unit))!.Name.Number).ToList();
            Assert.Equal(numbers.Order(), numbers);
        }
    }

    [Fact]
    public void Choose_NoWeight_IsNull() => Assert.Null(Route(0, 0).Choose(7));

    [Theory]
    [InlineData("score", "unit-1", 0xafdc1931bbaf6c1d)]
    [InlineData("score", "", 0x5afb05cb7268fd05)]
    [InlineData("", "ü", 0x26fc0343077f8364)]
    public void Of_KnownUnits_NeverChanges(string salt, string unit, ulong expected) =>
        Assert.Equal(expected, UnitHash.Of(Encoding.UTF8.GetBytes(salt), Encoding.UTF8.GetBytes(unit)));

    private static ulong Hash(int unit) => UnitHash.Of("score"u8, Encoding.UTF8.GetBytes($"unit-{unit}"));

    private static ServiceRoute Route(params int[] weights) => new("score", "prod", weights.Select((weight, i) => Group(i + 1, weight)));

    private static LiveServerGroup Group(int number, int weight)
    {
        var desired = new DesiredServerGroup
        {
            Name = new ServerGroupName("score", "prod", number),
            Release = new ReleaseName(number),
            Model = "score",
            ModelVersion = number,
            Artifact = new ArtifactRef(ArtifactKind.Blob, default, 0),
            Signature = new Signature([], []),
            Run = default,
            Configuration = default,
            Weight = new Weight(weight),
            Durability = CaptureDurability.Relaxed,
        };
        var context = new CaptureContext
        {
            ServerGroup = desired.Name,
            Release = desired.Release,
            Model = desired.Model,
            ModelVersion = number,
            ModelDigest = default,
            Configuration = default,
            Signature = desired.Signature,
        };
        return new LiveServerGroup(desired, new NoSession(), context);
    }

    private sealed class NoSession : IModelSession
    {
        public Signature Signature { get; } = new([], []);

        public SignatureCodec Codec => new(Signature);

        public void Run(InferRequest request, InferAnswer answer) => throw new InvalidOperationException("Routes do not score.");

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
