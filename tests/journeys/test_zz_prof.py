import time
import pytest
from tests.journeys.places import PLACES, Visit
from tests.journeys import eyes
pytestmark=pytest.mark.journey
def test_prof(served, screen, now):
    for name in ("themes",)*4:
        t=time.perf_counter(); served.begin_again(); t1=time.perf_counter()
        page=screen("en"); t2=time.perf_counter()
        PLACES[name](Visit(served,page,"en",now)); t3=time.perf_counter()
        eyes.accessibility_flaws(page); t4=time.perf_counter()
        page.evaluate(eyes.TOO_WIDE);page.evaluate(eyes.TOO_SMALL, eyes.CLICKABLE);eyes.too_wide(page,320); t5=time.perf_counter()
        page.context.clear_cookies(); page.context.close(); t6=time.perf_counter()
        print(name, *(f"{b-a:.2f}" for a,b in [(t,t1),(t1,t2),(t2,t3),(t3,t4),(t4,t5),(t5,t6)]))
