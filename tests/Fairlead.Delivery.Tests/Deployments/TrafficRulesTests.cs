using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Tests.Fakes;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Tests.Deployments;

public sealed class TrafficRulesTests
{
    [Fact]
    public void Enable_FirstGroup_TakesAllTraffic()
    {
        var history = new RolloutHistory().Deploy();

        Assert.Equal("1:100%", history.Text);
    }

    [Fact]
    public void Enable_FirstGroupWithAPart_IsRefused()
    {
        var e = Assert.Throws<FairleadException>(() => new RolloutHistory().Deploy(25));

        Assert.Equal(ProblemKind.Invalid, e.Kind);
        Assert.Contains("75%", e.Message);
    }

    [Fact]
    public void Enable_SecondGroup_KeepsTheFirstWarm()
    {
        var history = new RolloutHistory().Deploy().Deploy();

        Assert.Equal("1:warm 2:100%", history.Text);
        Assert.Equal(1, history.Group(2).Previous?.Number);
        Assert.Equal(history.Group(2).EnabledAt, history.Group(1).DisabledAt);
    }

    [Fact]
    public void Enable_APart_LeavesTheRestInProportion()
    {
        var history = new RolloutHistory().Deploy().Deploy(10).Deploy(50);

        Assert.Equal("1:45% 2:5% 3:50%", history.Text);
    }

    [Fact]
    public void Enable_ThirdsOfAnOddRest_SumToTheWhole()
    {
        Assert.Equal([34, 33, 33], TrafficShares.Split(100, [new Weight(1), new Weight(1), new Weight(1)]).Select(weight => weight.Hundredths));
        Assert.Equal([0, 1], TrafficShares.Split(1, [new Weight(1), new Weight(9999)]).Select(weight => weight.Hundredths));
    }

    [Fact]
    public void Enable_ManyGroups_KeepsOnlyTheLastTwoWarm()
    {
        var history = new RolloutHistory().Deploy().Deploy().Deploy().Deploy();

        Assert.Equal("1:gone 2:warm 3:warm 4:100%", history.Text);
    }

    [Fact]
    public void RollBack_Twice_WalksBackAndNeverForth()
    {
        var history = new RolloutHistory().Deploy().Deploy().Deploy().RollBack();
        Assert.Equal("1:warm 2:100% 3:warm", history.Text);

        history.RollBack();
        Assert.Equal("1:100% 2:warm 3:warm", history.Text);

        var e = Assert.Throws<FairleadException>(() => history.RollBack());
        Assert.Equal(ProblemKind.Conflict, e.Kind);
        Assert.Contains("fairlead deploy prod", e.Message);
    }

    [Fact]
    public void RollBack_AfterAnEarlierGroupWasDeployedAgain_GoesToTheOneThatWasLiveBefore()
    {
        var history = new RolloutHistory().Deploy().Deploy().Deploy().Enable(1).RollBack();

        Assert.Equal("1:warm 2:warm 3:100%", history.Text);
    }

    [Fact]
    public void RollBack_AllTheWay_PassesEachLeadOnce()
    {
        var history = new RolloutHistory().Deploy().Deploy().Deploy().Enable(1).RollBack().RollBack().RollBack();

        Assert.Equal("1:100% 2:warm 3:warm", history.Text);
        Assert.Throws<FairleadException>(() => history.RollBack());
    }

    [Fact]
    public void RollBack_OfAPart_GivesAllBackToTheLeader()
    {
        var history = new RolloutHistory().Deploy().Deploy(10).RollBack();

        Assert.Equal("1:100% 2:warm", history.Text);
    }

    [Fact]
    public void RollBack_ToAGroupThatIsGone_SaysWhichRelease()
    {
        var history = new RolloutHistory().Deploy().Deploy().Deploy().Deploy().RollBack().RollBack();

        var e = Assert.Throws<FairleadException>(() => history.RollBack());

        Assert.Equal(ProblemKind.Conflict, e.Kind);
        Assert.Contains("v001", e.Message);
    }

    [Fact]
    public void SetTraffic_OtherSum_IsRefused()
    {
        var history = new RolloutHistory().Deploy().Deploy(10);

        var e = Assert.Throws<FairleadException>(() => history.SetTraffic((1, 50), (2, 49)));

        Assert.Equal(ProblemKind.Invalid, e.Kind);
        Assert.Contains("99%", e.Message);
    }

    [Fact]
    public void SetTraffic_OnAGroupThatIsNotReady_IsRefused()
    {
        var history = new RolloutHistory().Deploy().Prepare();

        var e = Assert.Throws<FairleadException>(() => history.SetTraffic((1, 50), (2, 50)));

        Assert.Equal(ProblemKind.Conflict, e.Kind);
    }

    [Fact]
    public void SetTraffic_ToAWarmGroup_EnablesIt()
    {
        var history = new RolloutHistory().Deploy().Deploy().SetTraffic((1, 30), (2, 70));

        Assert.Equal("1:30% 2:70%", history.Text);
    }

    [Fact]
    public void Undo_OfARefusedSwitch_RestoresWhatServed()
    {
        var history = new RolloutHistory().Deploy().Deploy(10).Prepare();
        var before = history.Groups;
        history.Enable(3);
        Assert.Equal("1:warm 2:warm 3:100%", history.Text);

        history.Apply(groups => Setback.Undo(groups, before, [new ServerGroupFailure(history.Group(3).Name, "no memory")]));

        Assert.Equal("1:90% 2:10% 3:failed", history.Text);
        Assert.Equal("no memory", history.Group(3).Error);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Rollout_AnySequenceOfChanges_KeepsItsPromises(int seed)
    {
        var random = new Random(seed);
        var history = new RolloutHistory();
        for (var i = 0; i < 120; i++)
        {
            var served = history.Groups.Any(group => group.Status == ServerGroupStatus.Enabled);
            history.ChangeAtRandom(random);
            history.CheckPromises();
            Assert.True(!served || history.Groups.Any(group => group.Status == ServerGroupStatus.Enabled), $"Nothing serves after change {i}: {history.Text}");
        }

        history.CheckThatRollingBackEnds();
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 200)];
}
