using System.Text;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Releases;
using Fairlead.Serving.Routing;
using Fairlead.Serving.Telemetry;

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
    public void Salt_OfTwoExperiments_AssignsUnitsIndependently()
    {
        var (first, second) = (Route("calm", 5000, 5000), Route("quiet", 5000, 5000));
        var same = Enumerable.Range(0, Units).Count(unit => Arm(first, unit) == Arm(second, unit));
        // Four standard deviations.
        Assert.InRange(same, (Units / 2) - 640, (Units / 2) + 640);

        static int Arm(ServiceRoute route, int unit) => route.Choose(UnitHash.Of(route.SaltUtf8, Encoding.UTF8.GetBytes($"unit-{unit}")))!.Name.Number;
    }

    [Fact]
    public void Salt_WithoutAnExperiment_IsTheService()
    {
        Assert.Equal("score"u8, Route(5000, 5000).SaltUtf8);
        Assert.Equal("score/calm"u8, Route("calm", 5000, 5000).SaltUtf8);
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

    private static ServiceRoute Route(params int[] weights) => Route(null, weights);

    private static ServiceRoute Route(string? experiment, params int[] weights) => new("score", "prod", weights.Select((weight, i) => Group(i + 1, weight, experiment)));

    private static LiveServerGroup Group(int number, int weight, string? experiment)
    {
        var desired = new DesiredServerGroup
        {
            Name = new ServerGroupName("score", "prod", number),
            Release = new ReleaseName(number),
            Service = new ReleasedService { Name = "score", Chain = new ReleasedChain(new Signature([], []), default, []) },
            Configuration = default,
            Weight = new Weight(weight),
            Experiment = experiment,
        };
        return new LiveServerGroup(desired, new GroupLife(desired, new GroupMetrics(TimeProvider.System), new NoWork()));
    }

    private sealed class NoWork : GroupWork
    {
        public override Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Release()
        {
            // Nothing is held.
        }
    }
}
